/**
 * What a fault costs: the plain pattern on the official SDK and the watcher, under the same fault
 * at the same moment.
 */
@NullMarked
package dev.entitlements.examples.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
