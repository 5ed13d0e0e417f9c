/** What an update costs at Momento, by the operations that it bills. */
@NullMarked
package dev.entitlements.examples.benchmarks.operations;

import org.jspecify.annotations.NullMarked;
