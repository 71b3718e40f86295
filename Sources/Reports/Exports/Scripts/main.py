def draw(network, count, random):
    """Inputs of a network that makes samples: latent vectors, one-hot codes, continuous codes."""
    latent = network["latent"]
    size = (count, latent["dim"])
    parts = [random.standard_normal(size) if latent["distribution"] == "normal" else random.uniform(-1, 1, size)]
    parts += [np.eye(size)[random.integers(0, size, count)] for size in latent["categorical"]]
    parts += [random.uniform(-1, 1, (count, latent["continuous"]))]
    return np.concatenate(parts, 1).astype(np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", nargs="?", default=next(iter(NETWORKS)), choices=list(NETWORKS))
    parser.add_argument("--inputs", help="an .npz with the inputs, and labels where the network takes classes")
    parser.add_argument("-n", type=int, default=64, help="how many samples, where no inputs are given")
    parser.add_argument("--seed", type=int, default=0, help="of the samples, where no inputs are given")
    parser.add_argument("-o", "--output", required=True, help="the .npz to write")
    options = parser.parse_args()
    network = NETWORKS[options.network]
    if options.inputs:
        arrays = np.load(options.inputs)
        missing = [name for name in [network["input"]] + (["labels"] if network["classes"] else []) if name not in arrays]
        if missing:
            parser.error(f"{options.inputs} has no array {' and no '.join(missing)}; it has {', '.join(arrays.files)}")
        inputs, labels = arrays[network["input"]], arrays["labels"] if network["classes"] else None
    elif "latent" in network:
        random = np.random.default_rng(options.seed)
        inputs = draw(network, options.n, random)
        labels = random.integers(0, network["classes"], options.n) if network["classes"] else None
    else:
        parser.error(f"{options.network} makes no samples: give --inputs with an array {network['input']}")
    made = run(options.network, load(), inputs, labels)
    classes = {} if labels is None else {"labels": labels}
    np.savez(options.output, **{network["input"]: inputs, network["output"]: made}, **classes)


if __name__ == "__main__":
    main()
