/** The peer {@code redis}: what a team would build instead, on Redis with Lettuce. */
@NullMarked
package dev.entitlements.examples.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
