package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.entitlements.local.ScopeCall.Needs;
import dev.entitlements.local.ScopeCaller.Outcome;
import grpc.permission_messages.CacheRole;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Least privilege: every RPC and HTTP route, by every kind of credential, on names in and out of
 * its scope, is allowed or refused exactly as the scope says. What is tried is in {@link
 * ScopeCall}, what each token must allow is in {@link ScopeToken}.
 */
@Tag("P8")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeTest {
  private static final Place IN_MOST_SCOPES = new Place("entitlements", "u-1");
  private static final List<Place> PLACES =
      List.of(
          IN_MOST_SCOPES,
          new Place("entitlements", "u-10"),
          new Place("entitlements", "v"),
          new Place("other", "u-1"));
  private static final List<ScopeCall> CALLS = ScopeCall.all();

  private final MutableClock clock = new MutableClock();
  private final Map<String, ScopeCaller> callers = new HashMap<>();
  private LocalMomento momento;
  private Client owner;

  @BeforeAll
  void start() {
    momento =
        LocalMomento.builder()
            .cache("entitlements", "other", "third")
            .clock(clock)
            // So that a poll that is allowed and finds nothing is answered.
            .longPollWait(Duration.ofMillis(1))
            .start();
    owner = new Client(momento, momento.apiKey());
  }

  @AfterAll
  void stop() {
    callers.values().forEach(ScopeCaller::close);
    owner.close();
    momento.close();
  }

  @TestFactory
  Stream<DynamicContainer> aTokenAllowsWhatItSaysAndNothingElse() {
    return Stream.of(ScopeToken.values())
        .map(
            token ->
                container(
                    token.text(),
                    mint(token, 3600),
                    everywhere(ScopeTest::isThere),
                    (call, at) -> expected(token, call, at)));
  }

  @TestFactory
  Stream<DynamicContainer> theApiKeyAllowsEverything() {
    return Stream.of(
        container(
            "the API key",
            momento.apiKey(),
            everywhere(ScopeTest::isThere),
            (call, at) -> Outcome.ALLOWED));
  }

  @TestFactory
  Stream<DynamicContainer> whatIsNoCredentialAllowsNothing() {
    Map<String, String> credentials = new LinkedHashMap<>();
    credentials.put("no credential", null);
    credentials.put("a made-up key", "no-such-key");
    credentials.put("a key with one letter less", momento.apiKey().substring(1));
    credentials.put("a token with one letter changed", altered(mint(ScopeToken.A_PLAYERS, 3600)));
    credentials.put("a token with the rights of another", mixed());
    credentials.put("a token that another server signed", ofAnotherServer());
    credentials.put("a token that has run out", expired());
    return credentials.entrySet().stream()
        .map(
            entry ->
                container(
                    entry.getKey(),
                    entry.getValue(),
                    inOnePlace(ScopeTest::isThere),
                    (call, at) -> Outcome.UNAUTHENTICATED));
  }

  @TestFactory
  Stream<DynamicContainer> whatIsNotThereIsToldToThoseWithAGoodCredentialOnly() {
    return Stream.of(
        container(
            "the API key",
            momento.apiKey(),
            inOnePlace(call -> !isThere(call)),
            (call, at) -> Outcome.UNIMPLEMENTED),
        container(
            "a player's token",
            mint(ScopeToken.A_PLAYERS, 3600),
            inOnePlace(call -> !isThere(call)),
            (call, at) -> Outcome.UNIMPLEMENTED),
        container(
            "a made-up key",
            "no-such-key",
            inOnePlace(call -> !isThere(call)),
            (call, at) -> Outcome.UNAUTHENTICATED));
  }

  @Test
  void thereAreHundredsOfCasesOfEachOutcome() {
    Map<Outcome, Long> cases =
        Stream.of(ScopeToken.values())
            .flatMap(
                token ->
                    everywhere(ScopeTest::isThere)
                        .map(aCase -> expected(token, aCase.call, aCase.at)))
            .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    assertThat(cases).containsOnlyKeys(Outcome.ALLOWED, Outcome.DENIED);
    assertThat(cases.get(Outcome.ALLOWED)).isGreaterThan(200);
    assertThat(cases.get(Outcome.DENIED)).isGreaterThan(1_500);
    assertThat(inOnePlace(call -> !isThere(call)).count()).isGreaterThan(30);
  }

  private static boolean isThere(ScopeCall call) {
    return call.needs() != Needs.UNIMPLEMENTED;
  }

  private static Outcome expected(ScopeToken token, ScopeCall call, Place at) {
    return switch (call.needs()) {
      case API_KEY -> Outcome.DENIED;
      case ANY_CREDENTIAL -> Outcome.ALLOWED;
      case UNIMPLEMENTED -> throw new AssertionError(call);
      default -> token.allows(call.needs(), at.cache, at.name) ? Outcome.ALLOWED : Outcome.DENIED;
    };
  }

  private DynamicContainer container(
      String whose,
      String credential,
      Stream<Case> cases,
      BiFunction<ScopeCall, Place, Outcome> expectation) {
    return dynamicContainer(
        whose,
        cases.map(
            aCase -> {
              Outcome expected = expectation.apply(aCase.call, aCase.at);
              String sentence = sentence(aCase.call, aCase.at, expected);
              return dynamicTest(
                  sentence,
                  () ->
                      assertThat(
                              aCase.call.tryBy(caller(credential, aCase.at.cache), aCase.at.name))
                          .as("%s: %s", whose, sentence)
                          .isEqualTo(expected));
            }));
  }

  private static Stream<Case> everywhere(Predicate<ScopeCall> which) {
    return CALLS.stream()
        .filter(which)
        .flatMap(
            call ->
                call.needs().isOfOneName()
                    ? PLACES.stream().map(at -> new Case(call, at))
                    : Stream.of(new Case(call, IN_MOST_SCOPES)));
  }

  private static Stream<Case> inOnePlace(Predicate<ScopeCall> which) {
    return CALLS.stream().filter(which).map(call -> new Case(call, IN_MOST_SCOPES));
  }

  private static String sentence(ScopeCall call, Place at, Outcome expected) {
    String what =
        call.text() + (call.needs().isOfOneName() ? " " + at.name + " of " + at.cache : "");
    return switch (expected) {
      case ALLOWED -> "may " + what;
      case UNIMPLEMENTED -> "is told that nobody can " + what;
      case UNAUTHENTICATED -> "is nobody who may " + what;
      default -> "may not " + what;
    };
  }

  private record Place(String cache, String name) {}

  private record Case(ScopeCall call, Place at) {}

  private ScopeCaller caller(String credential, String cache) {
    return callers.computeIfAbsent(
        credential + " " + cache, key -> new ScopeCaller(momento, credential, cache));
  }

  private String mint(ScopeToken token, int seconds) {
    return owner.mint(token.permissions(), seconds, "").getApiKey();
  }

  private String expired() {
    String token = mint(ScopeToken.READ_WRITE_ALL_CACHES, 5);
    clock.advance(Duration.ofSeconds(6));
    return token;
  }

  private static String altered(String token) {
    int middle = token.lastIndexOf('.') - 3;
    char changed = token.charAt(middle) == 'A' ? 'B' : 'A';
    return token.substring(0, middle) + changed + token.substring(middle + 1);
  }

  /** The rights of one token under the signature of another. */
  private String mixed() {
    String mighty = mint(ScopeToken.READ_WRITE_ALL_CACHES, 3600);
    String weak = mint(ScopeToken.A_PLAYERS, 3600);
    return mighty.substring(0, mighty.lastIndexOf('.')) + weak.substring(weak.lastIndexOf('.'));
  }

  private String ofAnotherServer() {
    try (LocalMomento another =
            LocalMomento.builder().apiKey(momento.apiKey()).clock(clock).start();
        Client itsOwner = new Client(another, another.apiKey())) {
      return itsOwner
          .mint(Permits.of(Permits.allKeys(CacheRole.CacheReadWrite, null)), 3600, "")
          .getApiKey();
    }
  }
}
