package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entitlements.Entitlements;
import dev.entitlements.SessionToken;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

@Tag("P5")
class RoundTripTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Provide
  Arbitrary<Entitlements> snapshots() {
    return Samples.snapshots();
  }

  @Provide
  Arbitrary<SessionToken> sessions() {
    return Samples.sessions();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aSnapshotReadBackFromItsTextIsEqual(@ForAll("snapshots") Entitlements snapshot) {
    Entitlements back = Entitlements.fromJson(snapshot.toJson());
    assertThat(back).isEqualTo(snapshot);
    assertThat(back).hasSameHashCodeAs(snapshot);
    assertThat(back.entitlements().keySet())
        .containsExactlyElementsOf(snapshot.entitlements().keySet());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aSnapshotReadBackFromACacheItemIsEqual(@ForAll("snapshots") Entitlements snapshot) {
    byte[] item = EntitlementsCodec.encodeUtf8(snapshot);
    assertThat(EntitlementsCodec.decodeItem(snapshot.userId(), item)).isEqualTo(snapshot);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aSnapshotReadBackFromATopicMessageIsEqual(@ForAll("snapshots") Entitlements snapshot) {
    TopicMessage message =
        EntitlementsCodec.decodeMessage(snapshot.userId(), EntitlementsCodec.encodeUtf8(snapshot));
    assertThat(message.snapshot()).contains(snapshot);
    assertThat(message.revision()).isEqualTo(snapshot.revision());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aNoticeReadBackIsEqual(@ForAll("snapshots") Entitlements snapshot) {
    String notice = EntitlementsCodec.encodeNotice(snapshot.userId(), snapshot.revision());
    TopicMessage message =
        EntitlementsCodec.decodeMessage(snapshot.userId(), notice.getBytes(StandardCharsets.UTF_8));
    assertThat(message.userId()).isEqualTo(snapshot.userId());
    assertThat(message.revision()).isEqualTo(snapshot.revision());
    assertThat(message.snapshot()).isEmpty();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aSessionReadBackIsEqual(@ForAll("sessions") SessionToken session) {
    SessionToken back = SessionToken.fromJson(session.toJson());
    assertThat(back).isEqualTo(session);
    assertThat(back).hasSameHashCodeAs(session);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsOneLine(@ForAll("snapshots") Entitlements snapshot) {
    assertThat(snapshot.toJson()).doesNotContain("\n", "\r");
  }

  /** Members that are absent are not written; the list of grants always is. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenHasNoNullAndNoEmptyField(@ForAll("sessions") SessionToken session)
      throws Exception {
    JsonNode json = MAPPER.readTree(session.toJson());
    assertFieldsHaveContent(json);
    JsonNode snapshot = json.path("snapshot");
    assertFieldsHaveContent(snapshot);
    snapshot.path("entitlements").forEach(RoundTripTest::assertFieldsHaveContent);
  }

  private static void assertFieldsHaveContent(JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      assertThat(field.getValue().isNull()).as(field.getKey()).isFalse();
      if (field.getValue().isContainerNode() && !field.getKey().equals("entitlements")) {
        assertThat(field.getValue()).as(field.getKey()).isNotEmpty();
      }
    }
  }
}
