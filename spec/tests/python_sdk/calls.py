"""The other client of `python_sdk.rs`: the package conductorone-sdk. Reads calls as JSON and sends each of them."""

import json
import sys
import warnings

from conductorone_sdk import SDK
from conductorone_sdk.models import shared
from conductorone_sdk.utils import FieldMetadata


def method_of(sdk, call):
    """The package writes `list_owner_i_ds` where others write `list_owner_ids`."""
    group = getattr(sdk, call["group"])
    wanted = call["method"].replace("_", "")
    return next(getattr(group, name) for name in dir(group) if name.replace("_", "") == wanted)


def request_of(method, call):
    """What the method takes: a model of parameters and a body, or the body alone."""
    model = method.__annotations__["request"].__args__[0]
    is_parameter = {
        name: any(isinstance(item, FieldMetadata) and not item.request for item in field.metadata)
        for name, field in model.model_fields.items()
    }
    if not any(is_parameter.values()):
        return model.model_validate(call["body"])
    values = dict(call["parameters"])
    if call["body"] is not None:
        body = next(name for name, parameter in is_parameter.items() if not parameter)
        values[body] = call["body"]
    return model.model_validate(values)


def main():
    # One of the calls is deprecated, and meant.
    warnings.simplefilter("ignore", DeprecationWarning)
    job = json.load(sys.stdin)
    # Both write the one header Authorization, and neither may be missing.
    security = shared.Security(bearer_auth=job["token"], oauth=job["token"])
    for call in job["calls"]:
        # A client a call: each call is one request, and says which.
        sdk = SDK(security=security, server_url=job["url"])
        method = method_of(sdk, call)
        method(request=request_of(method, call), http_headers={"x-call": call["name"]})


if __name__ == "__main__":
    main()
