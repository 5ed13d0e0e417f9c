package dev.entitlements.local.internal.auth;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.Refusal;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.PermissionsType;
import grpc.permission_messages.PermissionsType.CachePermissions;
import grpc.permission_messages.PermissionsType.CacheSelector;
import grpc.permission_messages.PermissionsType.TopicPermissions;
import grpc.permission_messages.TopicRole;
import java.util.List;

/** Reads Momento's permission messages, and refuses those it cannot read. */
public final class PermissionReader {
  private PermissionReader() {}

  /**
   * Reads them all.
   *
   * @throws Refusal INVALID_ARGUMENT
   */
  public static List<Permission> read(Permissions permissions) {
    List<PermissionsType> types =
        switch (permissions.getKindCase()) {
          case EXPLICIT -> permissions.getExplicit().getPermissionsList();
          // A token is handed to players: it must never carry the rights of the account's owner.
          case SUPER_USER ->
              throw Refusal.invalid("A disposable token cannot have super-user permissions");
          case KIND_NOT_SET -> throw Refusal.invalid("No permissions given");
        };
    if (types.isEmpty() || types.size() > Limits.TOKEN_PERMISSIONS) {
      throw Refusal.invalid(
          types.size() + " permissions: a token has 1 to " + Limits.TOKEN_PERMISSIONS);
    }
    return types.stream().map(PermissionReader::read).toList();
  }

  private static Permission read(PermissionsType type) {
    return switch (type.getKindCase()) {
      case CACHE_PERMISSIONS -> onItems(type.getCachePermissions());
      case TOPIC_PERMISSIONS -> onTopics(type.getTopicPermissions());
      case KIND_NOT_SET ->
          throw Refusal.invalid("Unknown permission: those on caches and topics are implemented");
    };
  }

  private static Permission onItems(CachePermissions given) {
    CacheRole role = given.getRole();
    if (role == CacheRole.UNRECOGNIZED) {
      throw Refusal.invalid("Unknown cache role");
    }
    Selector cache =
        switch (given.getCacheCase()) {
          case ALL_CACHES -> Selector.ALL;
          case CACHE_SELECTOR -> cache(given.getCacheSelector());
          case CACHE_NOT_SET -> throw Refusal.invalid("Cache permission without a cache");
        };
    return new Permission.OnItems(
        role == CacheRole.CacheReadOnly || role == CacheRole.CacheReadWrite,
        role == CacheRole.CacheWriteOnly || role == CacheRole.CacheReadWrite,
        cache,
        key(given));
  }

  private static Selector key(CachePermissions given) {
    return switch (given.getCacheItemCase()) {
      // The SDKs leave it out when the permission is on whole caches.
      case ALL_ITEMS, CACHEITEM_NOT_SET -> Selector.ALL;
      case ITEM_SELECTOR ->
          switch (given.getItemSelector().getKindCase()) {
            case KEY -> Selector.exactly(notEmpty(given.getItemSelector().getKey(), "key"));
            case KEY_PREFIX ->
                Selector.startingWith(
                    notEmpty(given.getItemSelector().getKeyPrefix(), "key prefix"));
            case KIND_NOT_SET -> throw Refusal.invalid("Item selector without a key");
          };
    };
  }

  private static Permission onTopics(TopicPermissions given) {
    TopicRole role = given.getRole();
    if (role == TopicRole.UNRECOGNIZED) {
      throw Refusal.invalid("Unknown topic role");
    }
    Selector cache =
        switch (given.getCacheCase()) {
          case ALL_CACHES -> Selector.ALL;
          case CACHE_SELECTOR -> cache(given.getCacheSelector());
          case CACHE_NOT_SET -> throw Refusal.invalid("Topic permission without a cache");
        };
    return new Permission.OnTopics(
        role == TopicRole.TopicWriteOnly || role == TopicRole.TopicReadWrite,
        role == TopicRole.TopicReadOnly || role == TopicRole.TopicReadWrite,
        cache,
        topic(given));
  }

  private static Selector topic(TopicPermissions given) {
    return switch (given.getTopicCase()) {
      case ALL_TOPICS -> Selector.ALL;
      case TOPIC_NOT_SET -> throw Refusal.invalid("Topic permission without a topic");
      case TOPIC_SELECTOR ->
          switch (given.getTopicSelector().getKindCase()) {
            case TOPIC_NAME ->
                Selector.exactly(
                    notEmpty(given.getTopicSelector().getTopicNameBytes(), "topic name"));
            case TOPIC_NAME_PREFIX ->
                Selector.startingWith(
                    notEmpty(
                        given.getTopicSelector().getTopicNamePrefixBytes(), "topic name prefix"));
            case KIND_NOT_SET -> throw Refusal.invalid("Topic selector without a topic");
          };
    };
  }

  private static Selector cache(CacheSelector given) {
    return Selector.exactly(notEmpty(given.getCacheNameBytes(), "cache name"));
  }

  private static ByteString notEmpty(ByteString value, String what) {
    if (value.isEmpty()) {
      throw Refusal.invalid("Empty " + what + " in a permission");
    }
    return value;
  }
}
