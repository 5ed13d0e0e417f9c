package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.plain.PlainPlayer;
import dev.entitlements.examples.benchmarks.world.Document;
import momento.sdk.auth.CredentialProvider;

/** The plain pattern, as it is struck by faults. */
final class SdkPlayer implements Player {
  private final LocalCopy copy = new LocalCopy();
  private final ThrowOnce defect = new ThrowOnce();
  private final PlainPlayer player;

  SdkPlayer(CredentialProvider credentials, String cacheName, String user) {
    player =
        new PlainPlayer(
            credentials,
            cacheName,
            user,
            defect::pass,
            state -> copy.replace(Document.numberOf(state)));
  }

  @Override
  public void start() throws InterruptedException {
    player.start();
  }

  @Override
  public LocalCopy copy() {
    return copy;
  }

  @Override
  public ThrowOnce defect() {
    return defect;
  }

  @Override
  public void close() {
    player.close();
  }
}
