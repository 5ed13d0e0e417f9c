package dev.entitlements.examples.benchmarks.publish;

import com.google.protobuf.ByteString;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.floor.Stubs;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/**
 * The same calls by bare stubs: the item is set on condition that it is what it was, and then
 * published. No JSON, no deadline, no repetition.
 */
final class FloorSender implements Sender {
  private final Stubs stubs;
  private final List<String> users;
  private final String padding;
  // The sending thread's: what each user's item is, or will be once its calls have ended.
  private final Map<String, CompletableFuture<ByteString>> items = new HashMap<>();
  private int turn;

  FloorSender(CredentialProvider credentials, List<String> users, Document document) {
    this.users = users;
    this.padding = "x".repeat(document.bytes() - Integer.SIZE);
    stubs = new Stubs(credentials, World.CACHE);
  }

  @Override
  public CompletableFuture<?> next() {
    String user = users.get(turn % users.size());
    ByteString item =
        ByteString.copyFrom(
            String.format(Locale.ROOT, "%0" + Integer.SIZE + "d", turn++) + padding,
            StandardCharsets.US_ASCII);
    CompletableFuture<ByteString> before = items.get(user);
    CompletableFuture<ByteString> sent =
        before == null
            ? send(user, null, item)
            : before.thenCompose(expected -> send(user, expected, item));
    items.put(user, sent);
    return sent;
  }

  private CompletableFuture<ByteString> send(
      String user, @Nullable ByteString expected, ByteString item) {
    return stubs
        .setIf(user, expected, item)
        .thenCompose(
            answer -> {
              if (!answer.hasStored()) {
                throw new BenchmarkFailed("A conditional set was refused");
              }
              return stubs.publishText(user, item);
            })
        .thenApply(published -> item);
  }

  @Override
  public void close() {
    stubs.close();
  }
}
