@NullMarked
package dev.entitlements.examples.quickstart;

import org.jspecify.annotations.NullMarked;
