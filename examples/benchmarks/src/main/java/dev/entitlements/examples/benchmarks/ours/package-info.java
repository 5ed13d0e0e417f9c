/** This library, with its defaults. */
@NullMarked
package dev.entitlements.examples.benchmarks.ours;

import org.jspecify.annotations.NullMarked;
