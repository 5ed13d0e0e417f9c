/** How costs grow with the work. */
@NullMarked
package dev.entitlements.examples.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
