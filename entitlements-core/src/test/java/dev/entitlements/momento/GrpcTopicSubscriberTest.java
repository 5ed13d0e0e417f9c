package dev.entitlements.momento;

import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.GrpcRoles;
import dev.entitlements.testkit.TopicSubscriberContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrpcTopicSubscriberTest extends TopicSubscriberContract {
  @RegisterExtension final GrpcRoles roles = new GrpcRoles();

  @Override
  protected TopicSubscriber subscriber(Bearer bearer) {
    return roles.as(bearer);
  }
}
