/** How many users a backend can refresh, and what memory that takes. */
@NullMarked
package dev.entitlements.examples.benchmarks.publish;

import org.jspecify.annotations.NullMarked;
