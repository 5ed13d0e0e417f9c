package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import momento.sdk.CacheClient;
import momento.sdk.config.Configurations;
import momento.sdk.responses.cache.DeleteResponse;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.IncrementResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.cache.control.CacheCreateResponse;
import momento.sdk.responses.cache.control.CacheDeleteResponse;
import momento.sdk.responses.cache.control.CacheListResponse;
import momento.sdk.responses.cache.ttl.ItemGetTtlResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Momento's own SDK, unmodified. */
@Tag("P10")
@Timeout(60)
class SdkTest {

  @Test
  void theOfficialCacheClientWorks() {
    try (LocalMomento momento = LocalMomento.start();
        CacheClient client =
            CacheClient.create(
                momento.credentials(), Configurations.Laptop.latest(), Duration.ofMinutes(1))) {
      assertThat(client.createCache("sdk").join()).isInstanceOf(CacheCreateResponse.Success.class);
      assertThat(client.createCache("sdk").join())
          .isInstanceOfSatisfying(
              CacheCreateResponse.Error.class,
              error -> assertThat(error.getErrorCode().name()).contains("ALREADY_EXISTS"));
      assertThat(client.listCaches().join()).isInstanceOf(CacheListResponse.Success.class);
      assertThat(client.set("sdk", "k", "v").join()).isInstanceOf(SetResponse.Success.class);
      assertThat(client.get("sdk", "k").join())
          .isInstanceOfSatisfying(
              GetResponse.Hit.class, hit -> assertThat(hit.valueString()).isEqualTo("v"));
      assertThat(client.setIfNotExists("sdk", "k", "w").join())
          .isInstanceOf(SetIfNotExistsResponse.NotStored.class);
      assertThat(client.increment("sdk", "n", 3).join())
          .isInstanceOf(IncrementResponse.Success.class);
      assertThat(client.itemGetTtl("sdk", "k").join()).isInstanceOf(ItemGetTtlResponse.Hit.class);
      assertThat(client.delete("sdk", "k").join()).isInstanceOf(DeleteResponse.Success.class);
      assertThat(client.get("sdk", "k").join()).isInstanceOf(GetResponse.Miss.class);
      assertThat(client.get("unknown", "k").join())
          .isInstanceOfSatisfying(
              GetResponse.Error.class,
              error -> assertThat(error.getErrorCode().name()).contains("NOT_FOUND"));
      assertThat(client.deleteCache("sdk").join()).isInstanceOf(CacheDeleteResponse.Success.class);
    }
  }
}
