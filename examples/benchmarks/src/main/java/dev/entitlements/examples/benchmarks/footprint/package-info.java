/** What many viewers in one process take. */
@NullMarked
package dev.entitlements.examples.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
