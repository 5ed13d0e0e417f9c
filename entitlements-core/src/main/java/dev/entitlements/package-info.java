@NullMarked
package dev.entitlements;

import org.jspecify.annotations.NullMarked;
