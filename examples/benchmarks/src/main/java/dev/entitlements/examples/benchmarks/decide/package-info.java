/** What a decision costs a player, while its copy changes all the time. */
@NullMarked
package dev.entitlements.examples.benchmarks.decide;

import org.jspecify.annotations.NullMarked;
