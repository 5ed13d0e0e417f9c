package dev.entitlements.momento;

import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.CacheWriterContract;
import dev.entitlements.testkit.GrpcRoles;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrpcCacheWriterTest extends CacheWriterContract {
  @RegisterExtension final GrpcRoles roles = new GrpcRoles();

  @Override
  protected CacheWriter writer(Bearer bearer) {
    return roles.as(bearer);
  }
}
