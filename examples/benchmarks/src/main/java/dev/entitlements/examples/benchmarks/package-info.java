/** Figures that anybody can print again: one subcommand for each part. */
@NullMarked
package dev.entitlements.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
