package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.entitlements.SessionToken;
import dev.entitlements.internal.AuthTokens;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.internal.sdk.SdkMomento;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void logEverything() {
    root.detachAppender("console");
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void logAsBefore() {
    root.setLevel(level);
    root.detachAppender(log);
  }

  @Test
  void wholeRunLogsThrowsAndSaysNoKeyAndNoToken() {
    SessionToken session = wholeRun(backend);
    wholeRunOfAWrongKey();

    assertNothingOf(momento.apiKey(), momento.authToken(), session);
  }

  @Test
  void wholeRunOnTheSdksClientsDoesNotEither() {
    try (LocalMomento withTls =
            LocalMomento.builder().apiKey("the-key-of-the-hosts-clients").tls().start();
        SdkFace face = new SdkFace();
        MomentoBackend lent = onSdkClients(face, withTls, withTls.apiKey())) {
      SessionToken session = wholeRun(lent);
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
    for (String secret :
        List.of(
            apiKey, authToken, session.token(), AuthTokens.apiKeyOf(session.token()), WRONG_KEY)) {
      assertThat(said).noneMatch(line -> line.contains(secret));
    }
  }

  private SessionToken wholeRun(MomentoBackend backend) {
    try (EntitlementPublisher publisher =
            EntitlementPublisher.builder(
                    backend, u -> CompletableFuture.completedFuture(content(u, "premium")))
                .build();
        TokenIssuer issuer = TokenIssuer.builder(backend).build()) {
      EntitlementSessions sessions = EntitlementSessions.of(publisher, issuer);
      SessionToken session = soon(sessions.open("u-42"));
      said.add("" + soon(publisher.publish(content("u-42", "premium", "sports"))));
      say(publisher, issuer, sessions, backend, session, momento.credentials());
      return session;
    }
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
