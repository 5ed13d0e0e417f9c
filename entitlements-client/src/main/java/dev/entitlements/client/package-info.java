@NullMarked
package dev.entitlements.client;

import org.jspecify.annotations.NullMarked;
