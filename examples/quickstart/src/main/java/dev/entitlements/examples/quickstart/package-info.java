/** The main job, end to end: a backend with a login and a checkout, two players, one purchase. */
@NullMarked
package dev.entitlements.examples.quickstart;

import org.jspecify.annotations.NullMarked;
