/** The peer {@code floor}: Momento's bare stubs doing the least that can be done. */
@NullMarked
package dev.entitlements.examples.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
