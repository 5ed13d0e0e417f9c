/** How long a change takes from the backend's call to the player's listener. */
@NullMarked
package dev.entitlements.examples.benchmarks.propagation;

import org.jspecify.annotations.NullMarked;
