package dev.entitlements.local.internal.auth;

/** One thing that a disposable token allows. */
public sealed interface Permission {

  /** Whether it gives the right, which is never a compound one, on the resource. */
  boolean gives(Right right, Resource resource);

  /** On items of caches. */
  record OnItems(boolean read, boolean write, Selector cache, Selector key) implements Permission {
    @Override
    public boolean gives(Right right, Resource resource) {
      return ((right == Right.READ_ITEM && read) || (right == Right.WRITE_ITEM && write))
          && cache.matches(resource.cache())
          && key.matches(resource.name());
    }
  }

  /** On topics of caches. */
  record OnTopics(boolean publish, boolean subscribe, Selector cache, Selector topic)
      implements Permission {
    @Override
    public boolean gives(Right right, Resource resource) {
      return ((right == Right.PUBLISH && publish) || (right == Right.SUBSCRIBE && subscribe))
          && cache.matches(resource.cache())
          && topic.matches(resource.name());
    }
  }
}
