package dev.entitlements.local;

import static dev.entitlements.local.ScopeCall.Needs.PUBLISH;
import static dev.entitlements.local.ScopeCall.Needs.READ;
import static dev.entitlements.local.ScopeCall.Needs.READ_AND_WRITE;
import static dev.entitlements.local.ScopeCall.Needs.SUBSCRIBE;
import static dev.entitlements.local.ScopeCall.Needs.WRITE;

import dev.entitlements.local.ScopeCall.Needs;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.TopicRole;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A kind of token: what is asked for when it is minted and, spelled out beside it, all that it must
 * allow in the caches {@code entitlements} and {@code other} on the names {@code u-1}, {@code u-10}
 * and {@code v}.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum ScopeToken {
  A_PLAYERS(
      "a player's token, to read u-1 and subscribe to it",
      Permits.of(
          Permits.key(CacheRole.CacheReadOnly, "entitlements", "u-1"),
          Permits.topic(TopicRole.TopicReadOnly, "entitlements", "u-1")),
      allows(EnumSet.of(READ, SUBSCRIBE), "entitlements u-1")),
  READ_KEY(
      "a token to read u-1",
      Permits.of(Permits.key(CacheRole.CacheReadOnly, "entitlements", "u-1")),
      allows(EnumSet.of(READ), "entitlements u-1")),
  WRITE_KEY(
      "a token to write u-1",
      Permits.of(Permits.key(CacheRole.CacheWriteOnly, "entitlements", "u-1")),
      allows(EnumSet.of(WRITE), "entitlements u-1")),
  READ_WRITE_KEY(
      "a token to read and write u-1",
      Permits.of(Permits.key(CacheRole.CacheReadWrite, "entitlements", "u-1")),
      allows(EnumSet.of(READ, WRITE, READ_AND_WRITE), "entitlements u-1")),
  READ_KEY_OF_ALL_CACHES(
      "a token to read u-1 of all caches",
      Permits.of(Permits.key(CacheRole.CacheReadOnly, null, "u-1")),
      allows(EnumSet.of(READ), "entitlements u-1", "other u-1")),
  READ_PREFIX(
      "a token to read what begins with u-1",
      Permits.of(Permits.keyPrefix(CacheRole.CacheReadOnly, "entitlements", "u-1")),
      allows(EnumSet.of(READ), "entitlements u-1", "entitlements u-10")),
  WRITE_PREFIX(
      "a token to write what begins with u-1, in all caches",
      Permits.of(Permits.keyPrefix(CacheRole.CacheWriteOnly, null, "u-1")),
      allows(
          EnumSet.of(WRITE), "entitlements u-1", "entitlements u-10", "other u-1", "other u-10")),
  READ_WRITE_PREFIX(
      "a token to read and write what begins with u-10",
      Permits.of(Permits.keyPrefix(CacheRole.CacheReadWrite, "entitlements", "u-10")),
      allows(EnumSet.of(READ, WRITE, READ_AND_WRITE), "entitlements u-10")),
  READ_AND_WRITE_APART(
      "a token to read u-1 of all caches and to write u-1 of one",
      Permits.of(
          Permits.key(CacheRole.CacheReadOnly, null, "u-1"),
          Permits.key(CacheRole.CacheWriteOnly, "entitlements", "u-1")),
      allows(EnumSet.of(READ, WRITE, READ_AND_WRITE), "entitlements u-1"),
      allows(EnumSet.of(READ), "other u-1")),
  READ_ALL_KEYS(
      "a token to read a cache",
      Permits.of(Permits.allKeys(CacheRole.CacheReadOnly, "entitlements")),
      allows(EnumSet.of(READ), "entitlements u-1", "entitlements u-10", "entitlements v")),
  READ_WHOLE_CACHE(
      "a token to read a cache, as the SDKs put it",
      Permits.of(Permits.noKeys(CacheRole.CacheReadOnly, "entitlements")),
      allows(EnumSet.of(READ), "entitlements u-1", "entitlements u-10", "entitlements v")),
  READ_WRITE_OTHER_CACHE(
      "a token to do everything in the other cache",
      Permits.of(
          Permits.allKeys(CacheRole.CacheReadWrite, "other"),
          Permits.allTopics(TopicRole.TopicReadWrite, "other")),
      allows(
          EnumSet.of(READ, WRITE, READ_AND_WRITE, PUBLISH, SUBSCRIBE),
          "other u-1",
          "other u-10",
          "other v")),
  WRITE_ALL_CACHES(
      "a token to write all caches",
      Permits.of(Permits.allKeys(CacheRole.CacheWriteOnly, null)),
      allows(
          EnumSet.of(WRITE),
          "entitlements u-1",
          "entitlements u-10",
          "entitlements v",
          "other u-1",
          "other u-10",
          "other v")),
  READ_WRITE_ALL_CACHES(
      "a token to read and write all caches",
      Permits.of(Permits.allKeys(CacheRole.CacheReadWrite, null)),
      allows(
          EnumSet.of(READ, WRITE, READ_AND_WRITE),
          "entitlements u-1",
          "entitlements u-10",
          "entitlements v",
          "other u-1",
          "other u-10",
          "other v")),
  SUBSCRIBE_TOPIC(
      "a token to subscribe to u-1",
      Permits.of(Permits.topic(TopicRole.TopicReadOnly, "entitlements", "u-1")),
      allows(EnumSet.of(SUBSCRIBE), "entitlements u-1")),
  PUBLISH_TOPIC(
      "a token to publish on u-1 in all caches",
      Permits.of(Permits.topic(TopicRole.TopicWriteOnly, null, "u-1")),
      allows(EnumSet.of(PUBLISH), "entitlements u-1", "other u-1")),
  BOTH_ON_TOPIC(
      "a token to publish on and subscribe to u-1",
      Permits.of(Permits.topic(TopicRole.TopicReadWrite, "entitlements", "u-1")),
      allows(EnumSet.of(PUBLISH, SUBSCRIBE), "entitlements u-1")),
  SUBSCRIBE_PREFIX(
      "a token to subscribe to what begins with u-1",
      Permits.of(Permits.topicPrefix(TopicRole.TopicReadOnly, "entitlements", "u-1")),
      allows(EnumSet.of(SUBSCRIBE), "entitlements u-1", "entitlements u-10")),
  PUBLISH_PREFIX(
      "a token to publish on what begins with u-10",
      Permits.of(Permits.topicPrefix(TopicRole.TopicWriteOnly, "entitlements", "u-10")),
      allows(EnumSet.of(PUBLISH), "entitlements u-10")),
  SUBSCRIBE_ALL_TOPICS(
      "a token to subscribe to all topics of all caches",
      Permits.of(Permits.allTopics(TopicRole.TopicReadOnly, null)),
      allows(
          EnumSet.of(SUBSCRIBE),
          "entitlements u-1",
          "entitlements u-10",
          "entitlements v",
          "other u-1",
          "other u-10",
          "other v")),
  PUBLISH_ALL_TOPICS(
      "a token to publish on all topics of a cache",
      Permits.of(Permits.allTopics(TopicRole.TopicWriteOnly, "entitlements")),
      allows(EnumSet.of(PUBLISH), "entitlements u-1", "entitlements u-10", "entitlements v")),
  NOTHING_AT_ALL(
      "a token that permits none",
      Permits.of(
          Permits.allKeys(CacheRole.CachePermitNone, null),
          Permits.allTopics(TopicRole.TopicPermitNone, null)));

  private final String text;
  private final Permissions permissions;
  private final List<Allowed> allowed;

  ScopeToken(String text, Permissions permissions, Allowed... allowed) {
    this.text = text;
    this.permissions = permissions;
    this.allowed = List.of(allowed);
  }

  String text() {
    return text;
  }

  Permissions permissions() {
    return permissions;
  }

  boolean allows(Needs needs, String cache, String name) {
    return allowed.stream()
        .anyMatch(these -> these.what.contains(needs) && these.where.contains(cache + " " + name));
  }

  /**
   * What, and where all of it.
   *
   * @param where cache and name, with a space between
   */
  private record Allowed(Set<Needs> what, Set<String> where) {}

  private static Allowed allows(Set<Needs> what, String... where) {
    return new Allowed(what, Set.copyOf(Arrays.asList(where)));
  }
}
