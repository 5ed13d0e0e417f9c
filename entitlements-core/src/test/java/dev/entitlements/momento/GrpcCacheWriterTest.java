package dev.entitlements.momento;

import dev.entitlements.testkit.AtomicCacheWriterContract;
import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.GrpcRoles;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrpcCacheWriterTest extends AtomicCacheWriterContract {
  @RegisterExtension final GrpcRoles roles = new GrpcRoles();

  @Override
  protected CacheWriter writer(Bearer bearer) {
    return roles.as(bearer);
  }
}
