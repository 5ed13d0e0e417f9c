@NullMarked
package dev.entitlements.local;

import org.jspecify.annotations.NullMarked;
