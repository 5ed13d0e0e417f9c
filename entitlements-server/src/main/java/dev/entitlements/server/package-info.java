@NullMarked
package dev.entitlements.server;

import org.jspecify.annotations.NullMarked;
