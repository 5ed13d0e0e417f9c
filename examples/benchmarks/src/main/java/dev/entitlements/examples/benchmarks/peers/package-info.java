/** What those who are measured beside each other have in common. */
@NullMarked
package dev.entitlements.examples.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
