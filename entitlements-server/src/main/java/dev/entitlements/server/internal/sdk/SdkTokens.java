package dev.entitlements.server.internal.sdk;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.DaemonThreads;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.MintedToken;
import dev.entitlements.momento.TokenMinter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import momento.sdk.IAuthClient;
import momento.sdk.auth.accessControl.CacheItemSelector;
import momento.sdk.auth.accessControl.CacheRole;
import momento.sdk.auth.accessControl.CacheSelector;
import momento.sdk.auth.accessControl.DisposableToken;
import momento.sdk.auth.accessControl.DisposableTokenScope;
import momento.sdk.auth.accessControl.ExpiresIn;
import momento.sdk.auth.accessControl.TopicRole;
import momento.sdk.auth.accessControl.TopicSelector;
import momento.sdk.responses.auth.GenerateDisposableTokenResponse;

/**
 * Mints on the SDK's {@code AuthClient}. That one blocks its caller until the answer is there, for
 * a minute at worst, so it is called on a few threads of its own; a call that is out of time is
 * interrupted, so that it does not hold one of them.
 */
final class SdkTokens implements TokenMinter, AutoCloseable {
  /** Momento takes about 5 mints a second, and one takes a fraction of it. */
  private static final int THREADS = 4;

  private static final int MAX_WAITING = 256;
  private static final int IDLE_SECONDS = 10;

  private final IAuthClient client;
  private final String cacheName;
  private final SdkCalls calls;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          DaemonThreads.named("entitlements-sdk-mint"));

  SdkTokens(IAuthClient client, String cacheName, SdkCalls calls) {
    this.client = client;
    this.cacheName = cacheName;
    this.calls = calls;
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public CompletableFuture<MintedToken> mint(String key, String tokenId, Duration validFor) {
    String name = "minting a token";
    return calls.call(
        name,
        () ->
            onOwnThread(
                () ->
                    client.generateDisposableTokenAsync(
                        readItemAndSubscribe(key),
                        ExpiresIn.seconds(wholeSeconds(validFor)),
                        tokenId)),
        answer -> {
          if (answer instanceof GenerateDisposableTokenResponse.Success success) {
            return minted(success);
          }
          throw SdkErrors.unknownAnswer(name, answer);
        });
  }

  /** P8: what a player's token allows, and nothing else does; the same as core's. */
  private DisposableTokenScope readItemAndSubscribe(String key) {
    CacheSelector cache = CacheSelector.ByName(cacheName);
    return new DisposableTokenScope(
        List.of(
            new DisposableToken.CacheItemPermission(
                CacheRole.ReadOnly, cache, CacheItemSelector.ByKey(key)),
            new DisposableToken.TopicPermission(
                TopicRole.SubscribeOnly, cache, TopicSelector.ByName(key))));
  }

  private static MintedToken minted(GenerateDisposableTokenResponse.Success success) {
    if (!success.expiresAt().doesExpire()) {
      throw new EntitlementsException(
          ErrorKind.INTERNAL, "minting a token: the service answered with one that never expires");
    }
    return new MintedToken(
        Credential.ofAuthToken(success.authToken()),
        success.endpoint(),
        Instant.ofEpochSecond(success.expiresAt().getEpoch()));
  }

  private static int wholeSeconds(Duration validFor) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, validFor.toSeconds()));
  }

  private <R> CompletableFuture<R> onOwnThread(Supplier<CompletableFuture<R>> blocking) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    FutureTask<?> task = new FutureTask<>(() -> hand(answer, blocking), null);
    answer.whenComplete(
        (value, error) -> {
          if (answer.isCancelled()) {
            task.cancel(true);
          }
        });
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          new EntitlementsException(
              ErrorKind.OVERLOADED, "minting a token: too many wait for the AuthClient", e));
    }
    return answer;
  }

  private static <R> void hand(
      CompletableFuture<R> answer, Supplier<CompletableFuture<R>> blocking) {
    try {
      blocking
          .get()
          .whenComplete(
              (value, error) -> {
                if (error == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(error);
                }
              });
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  @Override
  public String toString() {
    return "SdkTokens{" + cacheName + "}";
  }
}
