package dev.entitlements.examples.benchmarks.operations;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.peers.Peer;
import dev.entitlements.examples.benchmarks.peers.Pipeline;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.Operations;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the updates of users with several devices cost, by the server's own counts. */
final class Bill implements AutoCloseable {
  private static final Document FIRST = new Document(600);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long QUIET_MS = 100;

  private final LocalMomento momento;
  private final Map<Integer, Devices> fleets;
  private final Pipeline pipeline;
  private long state;

  /**
   * Connects the peer's backend and all devices.
   *
   * @param numbers of devices, each of a user of its own
   */
  Bill(Peer peer, World world, List<Integer> numbers) throws Exception {
    momento = world.momento();
    fleets =
        numbers.stream()
            .map(number -> new Devices(peer.name() + "-viewer-with-" + number, number))
            .collect(Collectors.toMap(Devices::number, Function.identity()));
    List<String> users =
        fleets.values().stream()
            .flatMap(fleet -> Collections.nCopies(fleet.number(), fleet.user()).stream())
            .toList();
    pipeline =
        peer.open(
            world,
            users,
            (user, arrived) -> fleets.values().forEach(fleet -> fleet.arrived(user, arrived)));
  }

  /**
   * Waits until what began with connecting is over. A device may begin with a read, and connect for
   * it; once it holds a state, that read was sent before the one that brought the state, and is
   * over in a moment.
   */
  void warmUp() throws Exception {
    for (Devices devices : fleets.values()) {
      update(FIRST, devices);
    }
    AtomicReference<Operations> before = new AtomicReference<>(momento.operations());
    TimeUnit.MILLISECONDS.sleep(QUIET_MS);
    await("the server is quiet", now -> now.equals(before.getAndSet(now)));
  }

  /**
   * What is carried out for so many updates, one after the other, of the user with that number of
   * devices.
   *
   * @throws Exception when a device does not come to hold a state
   */
  Operations of(int updates, Document document, int number) throws Exception {
    Devices devices = fleets.get(number);
    if (devices == null) {
      throw new IllegalArgumentException("Nobody has " + number + " devices");
    }
    Operations before = momento.operations();
    for (int i = 0; i < updates; i++) {
      update(document, devices);
    }
    // All else is counted before it is answered; a delivery only when it is sent.
    long deliveries = before.deliveries().calls() + (long) updates * number;
    await("all deliveries are counted", now -> now.deliveries().calls() >= deliveries);
    return momento.operations().since(before);
  }

  private void update(Document document, Devices devices) throws Exception {
    state++;
    devices.expect(state);
    pipeline.publish(devices.user(), document, state).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    devices.await(LIMIT);
  }

  private void await(String what, Predicate<Operations> condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.test(momento.operations())) {
      if (System.nanoTime() > deadline) {
        throw new BenchmarkFailed("Not within " + LIMIT.toSeconds() + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(QUIET_MS);
    }
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
