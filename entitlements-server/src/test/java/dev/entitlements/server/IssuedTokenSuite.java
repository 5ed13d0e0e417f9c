package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.entitlements.SessionToken;
import dev.entitlements.internal.AuthTokens;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.PlayerAttempts.Place;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What a token that {@link TokenIssuer} gives out may do: read one item and subscribe to one topic.
 * Everything else is tried, by every RPC of Momento's services and by every HTTP route, and
 * refused.
 */
@Tag("P8")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IssuedTokenSuite {
  static final String CACHE = "entitlements";
  private static final String USER = "u-42";

  private static final Place OWN = new Place(CACHE, USER);
  private static final List<Place> PLACES =
      List.of(
          OWN,
          new Place(CACHE, "u-4"),
          new Place(CACHE, "u-421"),
          new Place(CACHE, "v"),
          new Place("other", USER));

  /** What a player may do with her own item and topic, and with Momento at all. */
  private static final Set<String> ALLOWED_ON_OWN =
      Set.of(
          "cache_client.Scs/Get",
          "cache_client.Scs/GetBatch",
          "cache_client.Scs/KeysExist",
          "cache_client.Scs/ItemGetTtl",
          "cache_client.Scs/ItemGetType",
          "cache_client.pubsub.Pubsub/Subscribe");

  private static final String PING = "cache_client.Ping/Ping";

  private LocalMomento momento;
  private MomentoBackend backend;
  private PlayerAttempts player;

  abstract MomentoBackend connect(LocalMomento momento);

  @BeforeAll
  final void openSession() {
    momento = LocalMomento.builder().cache(CACHE, "other").tls().start();
    backend = connect(momento);
    try (EntitlementPublisher publisher =
            EntitlementPublisher.builder(
                    backend,
                    user ->
                        CompletableFuture.completedFuture(
                            LocalMomentoTestBase.content(user, "premium")))
                .build();
        TokenIssuer issuer = TokenIssuer.builder(backend).build()) {
      SessionToken session = soon(EntitlementSessions.of(publisher, issuer).open(USER));
      player = new PlayerAttempts(momento.endpoint(), AuthTokens.apiKeyOf(session.token()));
    }
  }

  @AfterAll
  final void closeAll() {
    player.close();
    backend.close();
    momento.close();
  }

  @TestFactory
  Stream<DynamicTest> everyRpcIsRefusedExceptToReadItsItemAndToSubscribeToItsTopic() {
    return PlayerAttempts.everyMethod()
        .flatMap(method -> PLACES.stream().map(place -> rpcCase(method, place)));
  }

  private DynamicTest rpcCase(MethodDescriptor<?, ?> method, Place place) {
    String name = method.getFullMethodName();
    boolean isAllowed = name.equals(PING) || (place.equals(OWN) && ALLOWED_ON_OWN.contains(name));
    return dynamicTest(
        (isAllowed ? "may call " : "may not call ") + name + " on " + place,
        () -> {
          Status.Code answer = player.call(method, place);
          if (isAllowed) {
            assertThat(answer).as(name).isEqualTo(Status.Code.OK);
          } else {
            assertThat(answer)
                .as("%s on %s", name, place)
                .isIn(Status.Code.PERMISSION_DENIED, Status.Code.UNIMPLEMENTED);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyHttpRouteIsRefusedExceptToReadItsItemAndToPollItsTopic() {
    return PLACES.stream()
        .flatMap(
            place ->
                Stream.of(
                    httpCase("GET", item(place), place.equals(OWN)),
                    httpCase("PUT", item(place) + "&ttl_seconds=9", false),
                    httpCase("DELETE", item(place), false),
                    httpCase("POST", topic(place), false),
                    httpCase("GET", topic(place) + "?sequence_number=1", place.equals(OWN)),
                    httpCase("GET", "/admin/faults", false),
                    httpCase("POST", "/admin/faults", false),
                    httpCase("DELETE", "/admin/faults", false)));
  }

  private DynamicTest httpCase(String method, String path, boolean isAllowed) {
    return dynamicTest(
        (isAllowed ? "may " : "may not ") + method + " " + path,
        () ->
            assertThat(player.http(method, path))
                .as("%s %s", method, path)
                .isEqualTo(isAllowed ? 200 : 403));
  }

  private static String item(Place place) {
    return "/cache/" + place.cache() + "?key=" + place.name();
  }

  private static String topic(Place place) {
    return "/topics/" + place.cache() + "/" + place.name();
  }
}
