/** Figures as pictures. */
@NullMarked
package dev.entitlements.examples.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
