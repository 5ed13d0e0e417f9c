package dev.entitlements.examples.quickstart;

/** Something did not hold that the quickstart is there to show. */
final class StoryFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoryFailed(String message) {
    super(message);
  }
}
