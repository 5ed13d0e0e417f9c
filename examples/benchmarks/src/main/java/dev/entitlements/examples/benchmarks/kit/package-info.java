/** What measuring takes: percentiles, rounds, and a rate that does not wait for answers. */
@NullMarked
package dev.entitlements.examples.benchmarks.kit;

import org.jspecify.annotations.NullMarked;
