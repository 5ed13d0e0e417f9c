package dev.entitlements.local.internal.auth;

import com.google.protobuf.ByteString;

/** Chooses cache names, keys or topic names: all of them, one, or those with a prefix. */
public record Selector(Kind kind, ByteString operand) {

  /** How the operand is compared. */
  public enum Kind {
    ALL,
    EXACTLY,
    STARTING_WITH
  }

  public static final Selector ALL = new Selector(Kind.ALL, ByteString.EMPTY);

  public static Selector exactly(ByteString name) {
    return new Selector(Kind.EXACTLY, name);
  }

  public static Selector startingWith(ByteString prefix) {
    return new Selector(Kind.STARTING_WITH, prefix);
  }

  public boolean matches(ByteString name) {
    return switch (kind) {
      case ALL -> true;
      case EXACTLY -> name.equals(operand);
      case STARTING_WITH -> name.startsWith(operand);
    };
  }
}
