package dev.entitlements.local.internal.fault;

import dev.entitlements.local.internal.Timers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are set. Of several that match, the one that was set first strikes. Those that
 * have struck as often as they should stay listed, with their count, until they are ended.
 */
public final class FaultBoard {
  /** So that a loop that forgets to clear is told, and does not slow the server to a halt. */
  private static final int MOST = 1_000;

  private final AtomicLong lastId = new AtomicLong();
  private final CopyOnWriteArrayList<RunningFault> faults = new CopyOnWriteArrayList<>();
  private final Timers timers;
  private volatile Runnable whenOneEnds = () -> {};

  public FaultBoard(Timers timers) {
    this.timers = timers;
  }

  /** What is to be run each time a fault has ended. */
  public void whenOneEnds(Runnable action) {
    whenOneEnds = action;
  }

  /**
   * Sets a fault.
   *
   * @throws IllegalStateException when there are too many
   */
  public RunningFault add(FaultRule rule) {
    if (faults.size() >= MOST) {
      throw new IllegalStateException(MOST + " faults are set: clear some first");
    }
    RunningFault fault = new RunningFault(lastId.incrementAndGet(), rule, this);
    faults.add(fault);
    if (rule.lasting() != null) {
      timers.after(rule.lasting(), fault::end);
    }
    return fault;
  }

  /** Those that are set, oldest first. */
  public List<RunningFault> list() {
    return List.copyOf(faults);
  }

  public Optional<RunningFault> find(long id) {
    return faults.stream().filter(fault -> fault.id() == id).findFirst();
  }

  /** Ends all. Returns how many. */
  public int clear() {
    List<RunningFault> ending = list();
    ending.forEach(this::end);
    return ending.size();
  }

  void end(RunningFault fault) {
    if (faults.remove(fault)) {
      fault.release();
      whenOneEnds.run();
    }
  }

  /** The fault that strikes the call, its reads being asked about apart; null when none does. */
  @Nullable RunningFault strike(Call call) {
    return strike(rule -> rule.kind() != FaultKind.STALE && rule.matches(call));
  }

  boolean strikesRead(Call call) {
    return !call.consistent()
        && strike(rule -> rule.kind() == FaultKind.STALE && rule.matches(call)) != null;
  }

  /** What happens to a delivery on the topic; null when it is made as it should be. */
  public @Nullable FaultKind strikeDelivery(String cache, String topic) {
    RunningFault fault =
        strike(rule -> rule.kind() != FaultKind.SILENCE && rule.matchesDelivery(cache, topic));
    return fault == null ? null : fault.rule().kind();
  }

  /** Whether what is due on the topic must wait. */
  public boolean silences(String cache, String topic) {
    return strike(rule -> rule.kind() == FaultKind.SILENCE && rule.matchesDelivery(cache, topic))
        != null;
  }

  private @Nullable RunningFault strike(Predicate<FaultRule> matches) {
    for (RunningFault fault : faults) {
      if (matches.test(fault.rule()) && fault.strike()) {
        return fault;
      }
    }
    return null;
  }
}
