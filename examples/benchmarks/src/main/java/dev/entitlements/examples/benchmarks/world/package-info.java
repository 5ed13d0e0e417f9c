/** What all peers have in common: the server, the network in front of it, and what is published. */
@NullMarked
package dev.entitlements.examples.benchmarks.world;

import org.jspecify.annotations.NullMarked;
