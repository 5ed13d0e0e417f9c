package dev.entitlements.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.internal.AuthTokens;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contract suites share: a service in memory, of its own for each test, whose clock the
 * test holds, and a backend's connection with which to prepare and to inspect it.
 *
 * <p>A suite is run against an implementation by a subclass that makes the role under test from a
 * {@link Bearer}, and that closes what it made.
 */
abstract class MomentoContract {
  static final String CACHE = "entitlements";
  static final String OTHER_CACHE = "other-cache";
  static final Duration HOUR = Duration.ofHours(1);

  /** Long enough for the slowest machine; nothing waits for it to pass. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T03:00:00Z"));
  LocalMomento service;
  private GrpcConnection connection;

  @BeforeEach
  final void startService() {
    service = configure(LocalMomento.builder().clock(clock).cache(CACHE, OTHER_CACHE)).start();
    connection = GrpcConnection.to(endpoint());
  }

  @AfterEach
  final void stopService() {
    connection.close();
    service.close();
  }

  /** What an implementation needs of the service beside what a {@link Bearer} says. */
  protected LocalMomento.Builder configure(LocalMomento.Builder builder) {
    return builder;
  }

  /** The service of the running test. */
  protected final LocalMomento service() {
    return service;
  }

  final MomentoEndpoint endpoint() {
    return MomentoEndpoint.of(service.endpoint());
  }

  /** The backend, which may do everything. */
  final Bearer backend() {
    return new Bearer(endpoint(), service.apiKey(), CACHE);
  }

  /** A player, who may read one item and subscribe to one topic for an hour. */
  final Bearer player(String key) {
    return backend().withApiKey(apiKeyOf(await(roles().mint(key, "player", HOUR)).authToken()));
  }

  static String apiKeyOf(String authToken) {
    return AuthTokens.apiKeyOf(authToken);
  }

  /** The backend's own roles, by which a suite looks at what the role under test has done. */
  final GrpcMomento roles() {
    return roles(backend());
  }

  final GrpcMomento roles(Bearer bearer) {
    return connection.as(Credential.ofApiKey(bearer.apiKey()), bearer.cacheName());
  }

  final void store(String key, byte[] value, Duration ttl) {
    assertThat(await(roles().replace(key, null, value, ttl))).isTrue();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The value of a future that should come soon. */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the call should have succeeded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The error of a future that should fail soon, which is always one of ours. */
  static EntitlementsException failure(CompletableFuture<?> future) {
    try {
      Object value = future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError("the call should have failed, but completed with " + value);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(EntitlementsException.class);
      return (EntitlementsException) e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("the call should have failed by now", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
