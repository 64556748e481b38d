BUILDERS = {}


def register(name):
    def wrap(fn):
        BUILDERS[name] = fn
        return fn

    return wrap
