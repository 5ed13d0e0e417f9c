package dev.entitlements.server.internal.sdk;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.TopicPublisher;
import dev.entitlements.testkit.Bearer;
import dev.entitlements.testkit.TopicPublisherContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SdkTopicPublisherTest extends TopicPublisherContract {
  @RegisterExtension final SdkRoles roles = new SdkRoles();

  @Override
  protected LocalMomento.Builder configure(LocalMomento.Builder builder) {
    return builder.tls();
  }

  @Override
  protected TopicPublisher publisher(Bearer bearer) {
    return roles.as(bearer, service()).topics();
  }
}
