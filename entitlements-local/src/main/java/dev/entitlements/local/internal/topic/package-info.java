/** Topics, their sequences, their subscribers. */
@NullMarked
package dev.entitlements.local.internal.topic;

import org.jspecify.annotations.NullMarked;
