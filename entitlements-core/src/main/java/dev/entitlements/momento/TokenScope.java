package dev.entitlements.momento;

import com.google.protobuf.ByteString;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.ExplicitPermissions;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.PermissionsType;
import grpc.permission_messages.TopicRole;

/** P8: what a player's token allows, and nothing else does. */
final class TokenScope {
  private TokenScope() {}

  static Permissions readItemAndSubscribe(String cacheName, String key) {
    PermissionsType.CacheSelector cache =
        PermissionsType.CacheSelector.newBuilder().setCacheName(cacheName).build();
    PermissionsType.CachePermissions readItem =
        PermissionsType.CachePermissions.newBuilder()
            .setRole(CacheRole.CacheReadOnly)
            .setCacheSelector(cache)
            .setItemSelector(
                PermissionsType.CacheItemSelector.newBuilder().setKey(ByteString.copyFromUtf8(key)))
            .build();
    PermissionsType.TopicPermissions subscribe =
        PermissionsType.TopicPermissions.newBuilder()
            .setRole(TopicRole.TopicReadOnly)
            .setCacheSelector(cache)
            .setTopicSelector(PermissionsType.TopicSelector.newBuilder().setTopicName(key))
            .build();
    return Permissions.newBuilder()
        .setExplicit(
            ExplicitPermissions.newBuilder()
                .addPermissions(PermissionsType.newBuilder().setCachePermissions(readItem))
                .addPermissions(PermissionsType.newBuilder().setTopicPermissions(subscribe)))
        .build();
  }
}
