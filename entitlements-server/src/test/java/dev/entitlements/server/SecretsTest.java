package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.internal.AuthTokens;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.momento.Subscription;
import dev.entitlements.momento.SubscriptionListener;
import dev.entitlements.momento.TopicItem;
import dev.entitlements.server.internal.sdk.SdkMomento;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag("P8")
class SecretsTest extends LocalMomentoTestBase {
  /**
   * Where gRPC's Netty transport, and the local server's, dump every HTTP/2 frame, headers and all,
   * at DEBUG. That is what they are for, and MomentoBackend's documentation says so.
   */
  private static final Set<String> FRAME_DUMPS =
      Set.of(
          "io.grpc.netty.shaded.io.grpc.netty.NettyClientHandler",
          "com.linecorp.armeria.logging.traffic.server.http2");

  private static final String WRONG_KEY = "a-wrong-key-that-is-secret-too";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  /** gRPC itself logs there. */
  private final java.util.logging.Logger julRoot = java.util.logging.Logger.getLogger("");

  private final java.util.logging.Level julLevel = julRoot.getLevel();
  private final List<String> julLoggers = new CopyOnWriteArrayList<>();
  private final Handler[] julHandlers = julRoot.getHandlers();
  private final Handler julHandler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (!FRAME_DUMPS.contains(String.valueOf(record.getLoggerName()))) {
            julLoggers.add(String.valueOf(record.getLoggerName()));
            said.add(record.getLoggerName() + ": " + new SimpleFormatter().format(record));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void logEverything() {
    root.detachAppender("console");
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    Arrays.stream(julHandlers).forEach(julRoot::removeHandler);
    julHandler.setLevel(java.util.logging.Level.ALL);
    julRoot.addHandler(julHandler);
    julRoot.setLevel(java.util.logging.Level.ALL);
  }

  @AfterEach
  void logAsBefore() {
    root.setLevel(level);
    root.detachAppender(log);
    julRoot.removeHandler(julHandler);
    julRoot.setLevel(julLevel);
    Arrays.stream(julHandlers).forEach(julRoot::addHandler);
  }

  @Test
  void wholeRunLogsThrowsAndSaysNoKeyAndNoToken() {
    SessionToken session = wholeRun(momento, backend);
    wholeRunOfAWrongKey();

    assertNothingOf(momento.apiKey(), momento.authToken(), session);
  }

  @Test
  void wholeRunOnTheSdksClientsDoesNotEither() {
    try (LocalMomento withTls =
            LocalMomento.builder().apiKey("the-key-of-the-hosts-clients").tls().start();
        SdkFace face = new SdkFace();
        MomentoBackend lent = onSdkClients(face, withTls, withTls.apiKey())) {
      SessionToken session = wholeRun(withTls, lent);
      failingRun(onSdkClients(face, withTls, WRONG_KEY));

      assertNothingOf(withTls.apiKey(), withTls.authToken(), session);
    }
  }

  private static MomentoBackend onSdkClients(SdkFace face, LocalMomento momento, String apiKey) {
    SdkMomento.Clients clients = face.clients(momento, apiKey);
    return MomentoBackend.builder(face.credentials(momento, apiKey), CACHE)
        .sdkClients(clients.cache(), clients.topics(), clients.auth())
        .build();
  }

  private void assertNothingOf(String apiKey, String authToken, SessionToken session) {
    List<ILoggingEvent> heard = List.copyOf(log.list);
    heard.stream()
        .filter(event -> !FRAME_DUMPS.contains(event.getLoggerName()))
        .forEach(
            event -> {
              said.add(event.getLoggerName() + ": " + event.getFormattedMessage());
              if (event.getThrowableProxy() != null) {
                said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
              }
            });

    // The run was heard, so that silence proves something.
    assertThat(said).anyMatch(line -> line.contains("token minted"));
    assertThat(said).anyMatch(line -> line.contains("PublishReceipt{u-42"));
    assertThat(heard).anyMatch(event -> event.getLevel() == Level.TRACE);
    assertThat(julLoggers).anyMatch(name -> name.startsWith("io.grpc."));
    for (String secret :
        List.of(
            apiKey, authToken, session.token(), AuthTokens.apiKeyOf(session.token()), WRONG_KEY)) {
      for (String form : formsOf(secret)) {
        assertThat(said).noneMatch(line -> line.contains(form));
      }
    }
  }

  /** As it is, and in Base64, be it a part of something longer, at any offset. */
  private static List<String> formsOf(String secret) {
    List<String> forms = new ArrayList<>();
    forms.add(secret);
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = ("x".repeat(offset) + secret).getBytes(StandardCharsets.UTF_8);
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        // What the neighbours have a part in is left out, at both ends.
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        forms.add(encoded.substring(offset == 0 ? 0 : 4, encoded.length() / 4 * 4 - 4));
      }
    }
    return forms;
  }

  private SessionToken wholeRun(LocalMomento momento, MomentoBackend backend) {
    try (EntitlementPublisher publisher =
            EntitlementPublisher.builder(
                    backend, u -> CompletableFuture.completedFuture(content(u, "premium")))
                .build();
        TokenIssuer issuer = TokenIssuer.builder(backend).build()) {
      EntitlementSessions sessions = EntitlementSessions.of(publisher, issuer);
      SessionToken session = soon(sessions.open("u-42"));
      said.add("" + soon(publisher.publish(content("u-42", "premium", "sports"))));
      soon(sessions.open("u-42"));
      momento.faults().dropConnections();
      said.add(
          ""
              + soon(
                  publisher.refreshAll(
                      Stream.of("u-42", " ", "u-43"), BulkOptions.defaults(), BulkListener.NONE)));
      watch(session);
      say(publisher, issuer, sessions, backend, session, momento.credentials());
      return session;
    }
  }

  /** What a player does: subscribe and read; and then more than it may. */
  private void watch(SessionToken session) {
    CompletableFuture<Void> alive = new CompletableFuture<>();
    try (GrpcConnection connection = GrpcConnection.to(MomentoEndpoint.of(session.endpoint()))) {
      GrpcMomento player =
          connection.as(Credential.ofAuthToken(session.token()), session.cacheName());
      Subscription stream = player.subscribe(session.key(), new AliveListener(alive));
      stream.request(1);
      soon(alive);
      soon(player.get(session.key(), Consistency.CONSISTENT));
      say(failure(player.get("u-43", Consistency.EVENTUAL)), failure(player.publish("u-43", "")));
      stream.cancel();
    }
  }

  private record AliveListener(CompletableFuture<Void> alive) implements SubscriptionListener {
    @Override
    public void onHeartbeat() {
      alive.complete(null);
    }

    @Override
    public void onMessage(TopicItem message) {}

    @Override
    public void onDiscontinuity(long newSequencePage) {}

    @Override
    public void onEnd(Optional<EntitlementsException> error) {}
  }

  private void wholeRunOfAWrongKey() {
    failingRun(
        MomentoBackend.connect(
            MomentoCredentials.of(WRONG_KEY, momento.endpoint().toString()), CACHE));
  }

  /** On a backend whose key is wrong, and which is closed. */
  private void failingRun(MomentoBackend wrong) {
    try (wrong;
        EntitlementPublisher publisher =
            EntitlementPublisher.builder(
                    wrong, u -> CompletableFuture.completedFuture(content(u, "premium")))
                .callDeadline(Duration.ofSeconds(2))
                .build();
        TokenIssuer issuer =
            TokenIssuer.builder(wrong).callDeadline(Duration.ofSeconds(2)).build()) {
      say(failure(publisher.refresh("u-42")), failure(issuer.issue("u-42")), wrong);
    }
  }

  private void say(Object... things) {
    for (Object thing : things) {
      said.add(String.valueOf(thing));
      if (thing instanceof Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        said.add(trace.toString());
      }
    }
  }
}
