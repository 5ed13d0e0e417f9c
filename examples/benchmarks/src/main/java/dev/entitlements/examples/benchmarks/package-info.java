/**
 * Figures that anybody can print again. Each {@link dev.entitlements.examples.benchmarks.Part} is a
 * command of its own and measures us beside peers, in the same run; {@code Benchmarks} lists them.
 */
@NullMarked
package dev.entitlements.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
