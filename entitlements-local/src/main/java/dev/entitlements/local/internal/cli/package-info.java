/** The command line. */
@NullMarked
package dev.entitlements.local.internal.cli;

import org.jspecify.annotations.NullMarked;
