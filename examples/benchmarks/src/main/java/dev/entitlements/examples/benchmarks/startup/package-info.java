/** How long a player's start takes, from the answer to its login. */
@NullMarked
package dev.entitlements.examples.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
