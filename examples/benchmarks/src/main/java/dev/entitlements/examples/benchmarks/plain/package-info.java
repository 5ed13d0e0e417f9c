/** The peer {@code plain}: the original pattern on Momento's official SDK 1.21.0, unmodified. */
@NullMarked
package dev.entitlements.examples.benchmarks.plain;

import org.jspecify.annotations.NullMarked;
