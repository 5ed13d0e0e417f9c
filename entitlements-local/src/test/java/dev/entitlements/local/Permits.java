package dev.entitlements.local;

import com.google.protobuf.ByteString;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.ExplicitPermissions;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.PermissionsType;
import grpc.permission_messages.TopicRole;
import java.util.Arrays;

/** Permission messages, as Momento's SDKs build them. */
final class Permits {
  private Permits() {}

  static Permissions of(PermissionsType... types) {
    return Permissions.newBuilder()
        .setExplicit(ExplicitPermissions.newBuilder().addAllPermissions(Arrays.asList(types)))
        .build();
  }

  /** On one key. A null cache is all caches. */
  static PermissionsType key(CacheRole role, String cache, String key) {
    PermissionsType.Builder type = cache(role, cache);
    type.getCachePermissionsBuilder().getItemSelectorBuilder().setKey(ByteString.copyFromUtf8(key));
    return type.build();
  }

  static PermissionsType keyPrefix(CacheRole role, String cache, String prefix) {
    PermissionsType.Builder type = cache(role, cache);
    type.getCachePermissionsBuilder()
        .getItemSelectorBuilder()
        .setKeyPrefix(ByteString.copyFromUtf8(prefix));
    return type.build();
  }

  static PermissionsType allKeys(CacheRole role, String cache) {
    PermissionsType.Builder type = cache(role, cache);
    type.getCachePermissionsBuilder().getAllItemsBuilder();
    return type.build();
  }

  /** What the SDKs send for a permission on whole caches. */
  static PermissionsType noKeys(CacheRole role, String cache) {
    return cache(role, cache).build();
  }

  static PermissionsType topic(TopicRole role, String cache, String topic) {
    PermissionsType.Builder type = topics(role, cache);
    type.getTopicPermissionsBuilder().getTopicSelectorBuilder().setTopicName(topic);
    return type.build();
  }

  static PermissionsType topicPrefix(TopicRole role, String cache, String prefix) {
    PermissionsType.Builder type = topics(role, cache);
    type.getTopicPermissionsBuilder().getTopicSelectorBuilder().setTopicNamePrefix(prefix);
    return type.build();
  }

  static PermissionsType allTopics(TopicRole role, String cache) {
    PermissionsType.Builder type = topics(role, cache);
    type.getTopicPermissionsBuilder().getAllTopicsBuilder();
    return type.build();
  }

  private static PermissionsType.Builder cache(CacheRole role, String cache) {
    PermissionsType.Builder type = PermissionsType.newBuilder();
    type.getCachePermissionsBuilder().setRole(role);
    if (cache == null) {
      type.getCachePermissionsBuilder().getAllCachesBuilder();
    } else {
      type.getCachePermissionsBuilder().getCacheSelectorBuilder().setCacheName(cache);
    }
    return type;
  }

  private static PermissionsType.Builder topics(TopicRole role, String cache) {
    PermissionsType.Builder type = PermissionsType.newBuilder();
    type.getTopicPermissionsBuilder().setRole(role);
    if (cache == null) {
      type.getTopicPermissionsBuilder().getAllCachesBuilder();
    } else {
      type.getTopicPermissionsBuilder().getCacheSelectorBuilder().setCacheName(cache);
    }
    return type;
  }
}
