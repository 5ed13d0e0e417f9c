package dev.entitlements.client.internal.protocol;

import java.util.Collections;
import java.util.List;

/**
 * The watcher's protocol: a pure function from a state and an event to the next state and what is
 * to be done.
 *
 * <ol>
 *   <li>A session is fetched, one flight at a time ({@link SessionRules}).
 *   <li>With it a stream is opened; its first heartbeat makes it active ({@link StreamRules}).
 *   <li>Then, and not before, the cache is read ({@link ReadRules}); what is pushed meanwhile is
 *       kept ({@link MessageRules}).
 *   <li>Of all snapshots the one of the highest revision is shown ({@link SnapshotRules}).
 *   <li>The copy is known to be current, and the status LIVE, while the stream is active and no
 *       {@link Doubt} is left; a doubt is ended only by a read that began after it ({@link
 *       StatusRules}).
 * </ol>
 */
public final class Protocol {
  private Protocol() {}

  /** Goes from one state to the next. A stopped watcher stays as it is. */
  public static Step step(WatcherState state, Event event, Moment moment) {
    if (state.isStopped()) {
      return new Step(state, Collections.emptyList());
    }
    Draft draft = new Draft(state, moment);
    event.applyTo(draft);
    return new Step(
        new WatcherState(draft, StatusRules.status(draft, state.status)), draft.actions());
  }

  /** The next state, and what is to be done, in order. */
  public static final class Step {
    private final WatcherState state;
    private final List<Action> actions;

    private Step(WatcherState state, List<Action> actions) {
      this.state = state;
      this.actions = Collections.unmodifiableList(actions);
    }

    public WatcherState state() {
      return state;
    }

    public List<Action> actions() {
      return actions;
    }
  }
}
