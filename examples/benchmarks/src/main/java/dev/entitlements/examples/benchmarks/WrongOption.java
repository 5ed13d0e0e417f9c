package dev.entitlements.examples.benchmarks;

/** An option of a part has a value that it cannot have; the message says which it can. */
public final class WrongOption extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Names the option, its value, and what it must be. */
  public WrongOption(String message) {
    super(message);
  }
}
