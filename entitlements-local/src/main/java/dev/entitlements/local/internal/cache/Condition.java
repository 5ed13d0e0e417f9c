package dev.entitlements.local.internal.cache;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** When a conditional write is to happen. */
public record Condition(Kind kind, ByteString operand) {

  /** What is asked of the present value, the operand being what it is compared with, if at all. */
  public enum Kind {
    PRESENT,
    PRESENT_AND_NOT_EQUAL,
    ABSENT,
    EQUAL,
    ABSENT_OR_EQUAL,
    NOT_EQUAL
  }

  public static final Condition PRESENT = new Condition(Kind.PRESENT, ByteString.EMPTY);
  public static final Condition ABSENT = new Condition(Kind.ABSENT, ByteString.EMPTY);

  /**
   * Whether the write is to happen.
   *
   * @param present null when there is no value
   */
  public boolean holds(@Nullable ByteString present) {
    boolean absent = present == null;
    boolean equal = operand.equals(present);
    return switch (kind) {
      case PRESENT -> !absent;
      case PRESENT_AND_NOT_EQUAL -> !absent && !equal;
      case ABSENT -> absent;
      case EQUAL -> equal;
      case ABSENT_OR_EQUAL -> absent || equal;
      case NOT_EQUAL -> !equal;
    };
  }
}
