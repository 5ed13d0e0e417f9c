package dev.entitlements.server.internal.sdk;

import static dev.entitlements.server.internal.sdk.ErrorKinds.kindOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entitlements.ErrorKind;
import dev.entitlements.momento.MintedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import momento.sdk.IAuthClient;
import momento.sdk.auth.accessControl.DisposableTokenScope;
import momento.sdk.auth.accessControl.ExpiresIn;
import momento.sdk.responses.auth.GenerateDisposableTokenResponse;
import momento.token._GenerateDisposableTokenResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On an {@code AuthClient} that misbehaves as the SDK's may: it blocks, for as long as it likes.
 */
class SdkTokensTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Queue<Thread> callers = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> interrupted = new ConcurrentLinkedQueue<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private volatile boolean blocks;
  private volatile GenerateDisposableTokenResponse response = success(Instant.now().plus(HOUR));
  private final List<SdkTokens> made = new ArrayList<>();

  @AfterEach
  void close() {
    goOn.countDown();
    made.forEach(SdkTokens::close);
  }

  @Test
  @Tag("P10")
  void theClientIsNeverCalledOnTheThreadOfTheCaller() {
    MintedToken token = tokens(LONG).mint("u", "u", HOUR).orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(token.endpoint()).isEqualTo("cell");
    assertThat(callers)
        .singleElement()
        .satisfies(
            thread -> {
              assertThat(thread.getName()).matches("entitlements-sdk-mint-\\d+");
              assertThat(thread.isDaemon()).isTrue();
            });
  }

  @Test
  @Tag("P9")
  void callsThatHangAreTimedOutInterruptedAndDoNotHoldTheThreads() {
    SdkTokens tokens = tokens(Duration.ofMillis(200));
    blocks = true;
    List<CompletableFuture<MintedToken>> hanging = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      hanging.add(tokens.mint("u", "u", HOUR));
    }
    hanging.forEach(mint -> assertThat(kindOf(mint)).isEqualTo(ErrorKind.TIMEOUT));
    await().until(() -> interrupted.size() == callers.size());
    assertThat(callers.stream().distinct()).hasSizeLessThanOrEqualTo(4);

    blocks = false;
    await().until(() -> !tokens.mint("u", "u", HOUR).handle((t, e) -> t == null).join());
  }

  @Test
  @Tag("P9")
  void whatIsNotWantedAnyMoreBeforeItsTurnComesIsNeverAskedFor() {
    SdkTokens tokens = tokens(LONG);
    blocks = true;
    for (int i = 0; i < 4; i++) {
      tokens.mint("u", "u", HOUR);
    }
    await().until(() -> callers.size() == 4);
    tokens.mint("u", "u", HOUR).cancel(true);

    blocks = false;
    goOn.countDown();
    tokens.mint("u", "u", HOUR).orTimeout(20, TimeUnit.SECONDS).join();

    assertThat(callers).hasSize(5);
  }

  @Test
  @Tag("P9")
  void whoComesWhenTooManyWaitIsToldSo() {
    SdkTokens tokens = tokens(LONG);
    blocks = true;
    List<CompletableFuture<MintedToken>> mints = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      mints.add(tokens.mint("u", "u", HOUR));
    }
    assertThat(kindOf(mints.get(299))).isEqualTo(ErrorKind.OVERLOADED);
    assertThat(mints.get(0)).isNotDone();
  }

  @Test
  @Tag("P9")
  void toCloseInterruptsWhatRunsAndLeavesNoThread() {
    SdkTokens tokens = tokens(LONG);
    blocks = true;
    tokens.mint("u", "u", HOUR);
    await().until(() -> callers.size() == 1);
    tokens.close();
    await().until(() -> callers.stream().noneMatch(Thread::isAlive));
    assertThat(interrupted).hasSize(1);
  }

  @Test
  @Tag("P5")
  void anAnswerOfAKindThatIsNotKnownIsATypedError() {
    response = new GenerateDisposableTokenResponse() {};
    assertThat(kindOf(tokens(LONG).mint("u", "u", HOUR))).isEqualTo(ErrorKind.INTERNAL);
    response = null;
    assertThat(kindOf(tokens(LONG).mint("u", "u", HOUR))).isEqualTo(ErrorKind.INTERNAL);
  }

  @Test
  @Tag("P8")
  void aTokenThatNeverExpiresIsNotTaken() {
    response = success(Instant.EPOCH);
    assertThat(kindOf(tokens(LONG).mint("u", "u", HOUR))).isEqualTo(ErrorKind.INTERNAL);
  }

  private SdkTokens tokens(Duration timeout) {
    SdkTokens tokens = new SdkTokens(new Blocking(), "cache", new SdkCalls(timeout));
    made.add(tokens);
    return tokens;
  }

  private static GenerateDisposableTokenResponse success(Instant validUntil) {
    return new GenerateDisposableTokenResponse.Success(
        _GenerateDisposableTokenResponse.newBuilder()
            .setApiKey("a-key")
            .setEndpoint("cell")
            .setValidUntil(validUntil.getEpochSecond())
            .build());
  }

  private final class Blocking implements IAuthClient {
    @Override
    public CompletableFuture<GenerateDisposableTokenResponse> generateDisposableTokenAsync(
        DisposableTokenScope scope, ExpiresIn expiresIn, String tokenId) {
      callers.add(Thread.currentThread());
      if (blocks) {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          interrupted.add(Thread.currentThread());
        }
      }
      return CompletableFuture.completedFuture(response);
    }

    @Override
    public CompletableFuture<GenerateDisposableTokenResponse> generateDisposableTokenAsync(
        DisposableTokenScope scope, ExpiresIn expiresIn) {
      throw new AssertionError("a token without an id");
    }

    @Override
    public void close() {
      throw new AssertionError("the host's client was closed");
    }
  }
}
