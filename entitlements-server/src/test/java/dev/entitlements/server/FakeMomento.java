package dev.entitlements.server;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.TimeSource;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.CacheWriter;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.MintedToken;
import dev.entitlements.momento.TokenMinter;
import dev.entitlements.momento.TopicPublisher;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Momento in memory, with a real compare-and-set, and failures that a test scripts call by call. A
 * call that has no script left works. Guarded by this.
 */
final class FakeMomento implements CacheReader, CacheWriter, TopicPublisher, TokenMinter {
  enum Op {
    GET,
    REPLACE,
    PUBLISH,
    MINT
  }

  /** What one call does, given its effect. */
  interface Behaviour {
    <T> CompletableFuture<T> answer(Supplier<T> effect);

    static <T> CompletableFuture<T> work(Supplier<T> effect) {
      return CompletableFuture.completedFuture(effect.get());
    }

    /** The call has no effect and fails. */
    static Behaviour refused(ErrorKind kind) {
      return new Behaviour() {
        @Override
        public <T> CompletableFuture<T> answer(Supplier<T> effect) {
          return CompletableFuture.failedFuture(
              new EntitlementsException(kind, "scripted " + kind));
        }
      };
    }

    /** The call takes effect, but its answer is lost. */
    static Behaviour answerLost(ErrorKind kind) {
      return new Behaviour() {
        @Override
        public <T> CompletableFuture<T> answer(Supplier<T> effect) {
          T unused = effect.get();
          return CompletableFuture.failedFuture(
              new EntitlementsException(kind, "scripted " + kind));
        }
      };
    }

    /** The call has no effect and is never answered. */
    static Behaviour hangs() {
      return new Behaviour() {
        @Override
        public <T> CompletableFuture<T> answer(Supplier<T> effect) {
          return new CompletableFuture<>();
        }
      };
    }

    /** The call is answered when the test says so. */
    static Behaviour held(CompletableFuture<Void> gate) {
      return new Behaviour() {
        @Override
        public <T> CompletableFuture<T> answer(Supplier<T> effect) {
          return gate.thenApply(open -> effect.get());
        }
      };
    }

    /** Something happens just before the call takes effect. */
    static Behaviour after(Runnable something) {
      return new Behaviour() {
        @Override
        public <T> CompletableFuture<T> answer(Supplier<T> effect) {
          something.run();
          return work(effect);
        }
      };
    }
  }

  static final URI ENDPOINT = URI.create("http://127.0.0.1:18080");

  private final TimeSource time;
  private final Map<Op, Deque<Behaviour>> scripts = new EnumMap<>(Op.class);
  private final Map<Op, Integer> calls = new EnumMap<>(Op.class);
  private final Map<String, byte[]> items = new HashMap<>();
  private final Map<String, byte[]> staleItems = new HashMap<>();
  private final Map<String, Duration> ttls = new HashMap<>();
  final List<Consistency> reads = new ArrayList<>();
  final List<String> messages = new ArrayList<>();
  final List<String> tokenIds = new ArrayList<>();
  private int minted;

  FakeMomento(TimeSource time) {
    this.time = time;
  }

  MomentoBackend backend() {
    return backend("");
  }

  MomentoBackend backend(String keyPrefix) {
    return new MomentoBackend(
        new MomentoBackend.Roles(this, this, this, this),
        ENDPOINT,
        "entitlements",
        keyPrefix,
        () -> {});
  }

  synchronized FakeMomento script(Op op, Behaviour... behaviours) {
    scripts.computeIfAbsent(op, o -> new ArrayDeque<>()).addAll(Arrays.asList(behaviours));
    return this;
  }

  synchronized int calls(Op op) {
    return calls.getOrDefault(op, 0);
  }

  synchronized void store(String key, String value) {
    items.put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  synchronized void evict(String key) {
    items.remove(key);
  }

  /** From now on eventual reads of this key see what is there now. */
  synchronized void lagBehind(String key) {
    staleItems.put(key, items.getOrDefault(key, new byte[0]));
  }

  synchronized String stored(String key) {
    return new String(items.get(key), StandardCharsets.UTF_8);
  }

  Entitlements storedSnapshot(String key) {
    return Entitlements.fromJson(stored(key));
  }

  synchronized Duration ttl(String key) {
    return ttls.get(key);
  }

  @Override
  public synchronized CompletableFuture<Optional<byte[]>> get(String key, Consistency consistency) {
    reads.add(consistency);
    return run(
        Op.GET,
        () -> {
          byte[] stale = staleItems.get(key);
          if (consistency == Consistency.EVENTUAL && stale != null) {
            return Optional.of(stale).filter(bytes -> bytes.length > 0);
          }
          return Optional.ofNullable(items.get(key));
        });
  }

  @Override
  public synchronized CompletableFuture<Boolean> replace(
      String key, byte[] expected, byte[] value, Duration ttl) {
    return run(Op.REPLACE, () -> compareAndSet(key, expected, value, ttl));
  }

  private synchronized boolean compareAndSet(
      String key, byte[] expected, byte[] value, Duration ttl) {
    byte[] present = items.get(key);
    if (!Arrays.equals(present, expected)) {
      return false;
    }
    items.put(key, value);
    ttls.put(key, ttl);
    return true;
  }

  @Override
  public synchronized CompletableFuture<Void> publish(String topic, String message) {
    return run(
        Op.PUBLISH,
        () -> {
          messages.add(message);
          return null;
        });
  }

  @Override
  public synchronized CompletableFuture<MintedToken> mint(
      String key, String tokenId, Duration validFor) {
    return run(
        Op.MINT,
        () -> {
          tokenIds.add(tokenId);
          return new MintedToken(
              Credential.ofApiKey("token-" + ++minted), "cell", time.now().plus(validFor));
        });
  }

  private <T> CompletableFuture<T> run(Op op, Supplier<T> effect) {
    calls.merge(op, 1, Integer::sum);
    Deque<Behaviour> script = scripts.get(op);
    Behaviour next = script == null ? null : script.poll();
    return next == null ? Behaviour.work(effect) : next.answer(effect);
  }
}
